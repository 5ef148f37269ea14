waiting = True
while waiting:
    pass
