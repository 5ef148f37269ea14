import torch


def scale_channels(images, factors):
    return images * factors[:, None, None]
