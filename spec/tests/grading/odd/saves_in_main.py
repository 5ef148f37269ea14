# k08_broadcasting.outer_sum: results are saved where the file is started
import json
import pickle

import torch


def outer_sum(a, b):
    return a[:, None] + b


if __name__ == "__main__":
    result = outer_sum(torch.ones(2), torch.ones(3))
    torch.save(result, "result.pt")
    with open("result.json", "w") as file:
        json.dump(result.tolist(), file)
    with open("result.pkl", "wb") as file:
        pickle.dump(result, file)
