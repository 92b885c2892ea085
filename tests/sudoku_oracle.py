"""Sudoku by brute force, written apart from `nnviz`: what its rules and walks are held to."""

from itertools import product


def neighbours(cell, boxes):
    r, c = divmod(cell, 4)
    near = {4 * r + k for k in range(4)} | {4 * k + c for k in range(4)}
    if boxes:
        near |= {
            4 * i + k for i in range(4) for k in range(4) if (i // 2, k // 2) == (r // 2, c // 2)
        }
    return near - {cell}


def groups(boxes):
    found = [[4 * r + c for c in range(4)] for r in range(4)]
    found += [[4 * r + c for r in range(4)] for c in range(4)]
    if boxes:
        for r, c in product((0, 2), repeat=2):
            found.append([4 * (r + i) + c + k for i in (0, 1) for k in (0, 1)])
    return found


def fits(grid, cell, digit, boxes):
    return all(grid[other] != digit for other in neighbours(cell, boxes))


def answers(grid, boxes, most=1_000):
    """Return every way to fill a grid, by trying each digit in each empty cell."""
    grid = list(grid)
    if any(d and not fits(grid, cell, d, boxes) for cell, d in enumerate(grid)):
        return []
    found = []

    def fill(cell):
        if len(found) >= most:
            return
        if cell == 16:
            found.append(tuple(grid))
        elif grid[cell]:
            fill(cell + 1)
        else:
            for digit in (1, 2, 3, 4):
                if fits(grid, cell, digit, boxes):
                    grid[cell] = digit
                    fill(cell + 1)
            grid[cell] = 0

    fill(0)
    return found


def rule_applies(grid, boxes, excluded=frozenset()):
    """Return whether some empty cell takes one digit only, or some digit has one place only."""
    open_digits = {
        cell: {d for d in (1, 2, 3, 4) if fits(grid, cell, d, boxes) and (cell, d) not in excluded}
        for cell in range(16)
        if not grid[cell]
    }
    if any(len(digits) == 1 for digits in open_digits.values()):
        return True
    for group in groups(boxes):
        for digit in {1, 2, 3, 4} - {grid[cell] for cell in group}:
            if sum(digit in open_digits.get(cell, ()) for cell in group) == 1:
                return True
    return False
