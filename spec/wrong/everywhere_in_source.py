"""Mistakes that can be made in any function: those that show in its source.

Each takes a node of the right answer's syntax tree, once those below it were visited, and gives
what stands in its place: the same node, another, several statements, or None for nothing.
"""

import ast

AXES = ("dim", "axis", "start_dim")
ALONG_AXES = ("argmax", "argmin", "softmax", "cat", "stack", "unsqueeze", "flatten", "unbind")
REDUCTIONS = ("sum", "mean", "max", "min", "amax", "amin", "argmax", "argmin")


def check_dropped(node):
    """Where an error is promised, something comes back, or torch ends the call with an error of its
    own. Check what you are given first, and raise what the docstring names.
    """
    if isinstance(node, ast.If) and all(isinstance(each, ast.Raise) for each in node.body):
        return node.orelse or ast.Pass()
    return node


def axes_exchanged(node):
    """Your result is the one for axes 0 and 1 exchanged: what should run over one of them runs over
    the other. dim=0 runs down the rows, dim=1 along the columns.
    """
    if isinstance(node, ast.keyword) and node.arg in AXES:
        return ast.keyword(node.arg, other_axis(node.value))
    if is_call(node, *ALONG_AXES) and isinstance(node.func, ast.Attribute):
        return ast.Call(node.func, [other_axis(each) for each in node.args], node.keywords)
    return node


def axis_left_out(node):
    """Your result runs over all elements at once, where it should be taken along one axis: dim= is
    missing.
    """
    return without(node, *AXES, "keepdim") if is_call(node, *REDUCTIONS) else node


def keepdim_left_out(node):
    """keepdim=True is missing, or what does the same: after a reduction the axis has to stay with
    length 1, so that the result meets the tensor along the right axis.
    """
    return without(node, "keepdim")


def turned_left_out(node):
    """A matrix is not transposed where it should be: .T or transpose is missing, so that rows stand
    where columns belong.
    """
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else node


def columns_for_rows(node):
    """Rows and columns are exchanged where you put in an axis of length 1: [:, None] makes a
    column, [None, :] a row.
    """
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        parts = node.slice.elts
        if len(parts) == 2 and any(is_constant(part, None) for part in parts):
            return ast.Subscript(node.value, ast.Tuple(parts[::-1], ast.Load()), node.ctx)
    return node


def no_grad_left_out(node):
    """torch.no_grad() is missing: what you compute there is recorded in the graph, and a leaf that
    requires grad can't be changed in place.
    """
    if isinstance(node, ast.With) and "no_grad" in ast.unparse(node.items[0]):
        return node.body
    return node


def gradients_kept(node):
    """Gradients are not cleared: backward() adds to what .grad holds from before, so call
    zero_grad() or set .grad to None each time.
    """
    if isinstance(node, ast.Expr) and is_call(node.value, "zero_grad"):
        return ast.Pass()
    if isinstance(node, ast.Assign) and ast.unparse(node).endswith(".grad = None"):
        return ast.Pass()
    return node


def detach_left_out(node):
    """detach() is missing: what you go on with is still part of the graph of the argument."""
    return node.func.value if is_call(node, "detach") else node


def clone_left_out(node):
    """A copy is missing: what you keep or hand back looks into memory that others change. clone()
    or copy.deepcopy makes a copy.
    """
    if is_call(node, "deepcopy"):
        return node.args[0]
    return node.func.value if is_call(node, "clone") else node


def eval_left_out(node):
    """Dropout and BatchNorm go on as in training, also where no gradients are recorded:
    model.eval() is what switches a model and all that is in it.
    """
    return ast.Pass() if isinstance(node, ast.Expr) and is_call(node.value, "eval") else node


def train_left_out(node):
    """A model that was set to eval() is trained without its Dropout and BatchNorm: model.train() is
    what switches a model and all that is in it.
    """
    return ast.Pass() if isinstance(node, ast.Expr) and is_call(node.value, "train") else node


def mode_left_so(node):
    """The model does not come back in the mode in which it came: put each module's training back as
    it was.
    """
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith(".training"):
        return ast.Pass()
    return node


def generator_ignored(node):
    """Your draws don't come from a generator with the seed that was given: hand it over as
    generator=, or every call draws something else.
    """
    return without(node, "generator")


def device_left_out(node):
    """device= is missing: what you make anew lies on the CPU, and what you convert stays where it
    was, wherever it is wanted.
    """
    return without(node, "device")


def dtype_left_out(node):
    """dtype= is missing: what you make has the dtype that torch chooses, and not the one that is
    wanted.
    """
    return without(node, "dtype")


def one_step_less(node):
    """One step is missing: your loop ends a round too early, or begins a round too late. range(n)
    makes n rounds.
    """
    return with_end(node, ast.Sub())


def one_step_more(node):
    """One step is too many: your loop makes a round more than is asked for. range(n) makes n
    rounds.
    """
    return with_end(node, ast.Add())


def edge_on_the_other_side(node):
    """What lies exactly on a bound falls on the wrong side: < stands where <= belongs, or the other
    way round.
    """
    swap = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
    if isinstance(node, ast.Compare):
        operators = [swap.get(type(each), type(each))() for each in node.ops]
        return ast.Compare(node.left, operators, node.comparators)
    return node


def summed_for_averaged(node):
    """You take a sum where a mean is asked for."""
    return renamed(node, "mean", "sum")


def averaged_for_summed(node):
    """You take a mean where a sum is asked for."""
    return renamed(node, "sum", "mean")


def minus_for_plus(node):
    """A sign is wrong: you subtract where you should add."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return ast.BinOp(node.left, ast.Sub(), node.right)
    return node


def plus_for_minus(node):
    """A sign is wrong: you add where you should subtract."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return ast.BinOp(node.left, ast.Add(), node.right)
    return node


def operands_exchanged(node):
    """The two sides of an operation are exchanged: in a difference, a quotient or a product of
    matrices it matters which of them comes first.
    """
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
        return ast.BinOp(node.right, node.op, node.left)
    return node


def elementwise_for_matrices(node):
    """You multiply element by element, where a product of matrices is asked for: that is @, and *
    is not.
    """
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return ast.BinOp(node.left, ast.Mult(), node.right)
    return node


def square_left_out(node):
    """A square is missing: you take the differences as they are."""
    return node.func.value if is_call(node, "square") else node


def root_left_out(node):
    """The root is missing: what you have is still squared."""
    return node.func.value if is_call(node, "sqrt") else node


def size_left_out(node):
    """The absolute value is missing: what is negative stays so."""
    return node.func.value if is_call(node, "abs") and not node.args else node


def two_left_out(node):
    """A factor of 2 is missing."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and is_constant(node.left, 2):
        return node.right
    return node


def replaced_for_added(node):
    """A value is replaced where something should be added to it: = stands where += belongs, so that
    only the last one counts.
    """
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return ast.Assign([node.target], node.value)
    return node


def reversed_left_out(node):
    """The order is the wrong way round: what should be gone through from its end is gone through
    from its beginning.
    """
    if is_call(node, "reversed"):
        return node.args[0]
    backwards = isinstance(node, ast.Subscript) and ast.unparse(node.slice) == "::-1"
    return node.value if backwards else node


def is_call(node, *names):
    if not isinstance(node, ast.Call):
        return False
    return getattr(node.func, "attr", getattr(node.func, "id", None)) in names


def without(node, *names):
    """A call without arguments of these names."""
    if not isinstance(node, ast.Call):
        return node
    kept = [keyword for keyword in node.keywords if keyword.arg not in names]
    same = len(kept) == len(node.keywords)
    return node if same else ast.Call(node.func, node.args, kept)


def is_constant(node, value):
    return isinstance(node, ast.Constant) and node.value == value


def other_axis(node):
    exchanged = {"0": 1, "1": 0, "-1": 0}.get(ast.unparse(node))
    return node if exchanged is None else ast.Constant(exchanged)


def with_end(node, operator):
    """A range that ends one later or earlier."""
    if not is_call(node, "range"):
        return node
    start, end, step = node.args[:-1][:1], node.args[:2][-1], node.args[2:]
    return ast.Call(node.func, [*start, ast.BinOp(end, operator, ast.Constant(1)), *step], [])


def renamed(node, old, new):
    if is_call(node, old) and isinstance(node.func, ast.Attribute):
        function = ast.Attribute(node.func.value, new, ast.Load())
        return ast.Call(function, node.args, node.keywords)
    return node


IN_SOURCE = (
    check_dropped, axes_exchanged, axis_left_out, keepdim_left_out, turned_left_out,
    columns_for_rows, no_grad_left_out, gradients_kept, detach_left_out, clone_left_out,
    eval_left_out, train_left_out, mode_left_so, generator_ignored, device_left_out,
    dtype_left_out, one_step_less, one_step_more, edge_on_the_other_side, summed_for_averaged,
    averaged_for_summed, minus_for_plus, plus_for_minus, operands_exchanged,
    elementwise_for_matrices, square_left_out, root_left_out, size_left_out, two_left_out,
    replaced_for_added, reversed_left_out,
)  # fmt: skip
UNTOLD = (operands_exchanged,)  # a test may end like this for other reasons
