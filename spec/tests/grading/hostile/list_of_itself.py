# k08_broadcasting.broadcast_shape: a list that holds itself many times over
def broadcast_shape(a_shape, b_shape):
    deep = []
    deep.extend([deep] * 100)
    return deep
