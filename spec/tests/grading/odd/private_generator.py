# k01_creation.standard_normal: reads and restores the random state
import torch


def standard_normal(shape, seed, device):
    with torch.random.fork_rng(devices=[]):
        generator = torch.Generator(device=device)
        generator.manual_seed(seed)
        return torch.randn(shape, generator=generator, device=device)
