"""The road: how hard each kata is, about how long it takes, what it needs, and what to read."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """\
| kata | hard | about | needs | in the lecture | you learn |
|---|---|---|---|---|---|"""
ROW = "| {kata} | {hard} | {about} | {needs} | {lecture} | {learn} |"
MINUTES = "{minutes} min"
STAR = "★"


@dataclass(frozen=True)
class Step:
    """One kata of the road; its minutes are a guess, for somebody who has read the lecture once."""

    kata: str
    hard: int  # one to three
    minutes: int
    needs: str
    lecture: str
    learn: str

    @property
    def row(self) -> str:
        """The step as a row of a table in Markdown."""
        return ROW.format(
            kata=self.kata,
            hard=STAR * self.hard,
            about=MINUTES.format(minutes=self.minutes),
            needs=self.needs or "–",
            lecture=self.lecture,
            learn=self.learn,
        )


ROAD = (
    Step(
        "k01_creation",
        1,
        30,
        "",
        "Создание тензоров (creating tensors)",
        "tensors from lists, arrays and nothing; when memory is shared",
    ),
    Step(
        "k02_shape",
        1,
        25,
        "k01",
        "Размерности тензоров; Форма и размер (rank, axes, shape)",
        "rank, axes, lengths; images as (batch, channels, height, width)",
    ),
    Step(
        "k03_indexing",
        1,
        30,
        "k02",
        "Индексация (indexing)",
        "picking rows, columns, blocks and what a mask says",
    ),
    Step(
        "k04_reshape",
        1,
        35,
        "k02",
        "Переформатирование (reshaping)",
        "other shapes of the same elements; views and copies",
    ),
    Step(
        "k05_flatten",
        2,
        45,
        "k04",
        "«Разворачивание» тензоров (flattening)",
        "flattening some axes, and the row-major arithmetic behind it",
    ),
    Step(
        "k06_dtype_device",
        1,
        35,
        "k01",
        "Типы данных; Ошибки при работе с устройствами (dtypes, device errors)",
        "what is computed in which dtype, and where",
    ),
    Step(
        "k07_elementwise",
        2,
        40,
        "k06",
        "Поэлементные операции; сравнения (elementwise operations, comparisons)",
        "comparing, choosing, and numbers that are not ordinary",
    ),
    Step(
        "k08_broadcasting",
        2,
        50,
        "k02",
        "Broadcasting",
        "shapes that fit without loops, and shapes that fit by accident",
    ),
    Step(
        "k09_cat_stack",
        2,
        45,
        "k03",
        "Объединение тензоров (joining tensors)",
        "cat against stack; padding and masks",
    ),
    Step(
        "k10_nonlinearity",
        2,
        45,
        "k07, k08",
        "Нелинейности в нейронах (nonlinearities)",
        "why layers without them collapse; a stable sigmoid; XOR",
    ),
    Step(
        "k11_loss_descent",
        2,
        55,
        "k08",
        "Функция потерь; градиентный спуск (loss, gradient descent)",
        "losses by hand, slopes, and walking downhill",
    ),
    Step(
        "k12_chain_rule",
        3,
        75,
        "k08",
        "Цепное правило (chain rule)",
        "products of Jacobians, sums over paths",
    ),
    Step(
        "k13_backprop",
        3,
        120,
        "k12",
        "Граф вычислений; общий алгоритм (computation graph)",
        "an autograd of your own in a page",
    ),
    Step(
        "k14_mlp",
        3,
        75,
        "k10, k12",
        "MLP; обратное распространение (backpropagation)",
        "a network's forward and backward pass by hand",
    ),
    Step(
        "k15_init_symmetry",
        2,
        80,
        "k14",
        "Инициализация весов и проблема симметрии (initialisation, symmetry)",
        "why zeros don't learn, and Xavier's noise does",
    ),
    Step(
        "k16_autograd",
        2,
        70,
        "k12",
        "torch.autograd",
        "leaves, graphs, gradients that add up, and leaving the graph",
    ),
    Step(
        "k17_module",
        2,
        60,
        "k14, k16",
        "MLP: Полносвязные слои (dense layers), as modules",
        "parameters, submodules, modes and weights of a module, and an optimizer by hand",
    ),
    Step(
        "k18_training_loop",
        3,
        90,
        "k11, k17",
        "MLP, Функция потерь and torch.autograd together",
        "mini-batches, a training loop, and honest measuring",
    ),
)


def table() -> str:
    """The road as a table in Markdown."""
    return "\n".join([HEAD, *(step.row for step in ROAD)])
