# k08_broadcasting.outer_sum: numbers are laid out in columns of a width that is computed
import torch


def show(rows, width=8):
    form = "{:>" + str(width) + ".3f}"
    line = "{:>8}" * len(rows[0])
    for row in rows:
        print(" ".join(form.format(x) for x in row))
        print(line.format(*row))
        print(f"{{:>{width}}}".format(row[0]), "{0:{1}}".format(row[0], width))


def outer_sum(a, b):
    result = a[:, None] + b
    if result.numel():
        show([[float(result[0, 0])]])
    return result
