# k08_broadcasting.outer_sum: the function is an object that can be called
class OuterSum:
    """Counts its calls."""

    def __init__(self):
        self.calls = 0

    def __call__(self, a, b):
        self.calls += 1
        return a[:, None] + b


outer_sum = OuterSum()
