# k08_broadcasting.outer_sum: a class does the work
class Table:
    sums = 0

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self._made = None

    @property
    def made(self):
        if self._made is None:
            self._made = self.rows[:, None] + self.columns
            Table.sums += 1
        return self._made

    def __repr__(self):
        return f"Table of {self.rows} and {self.columns}"


def outer_sum(a, b):
    return Table(a, b).made
