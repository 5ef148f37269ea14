"""What right answers to the katas do, and the machinery that says so; installed as torch_katas."""
