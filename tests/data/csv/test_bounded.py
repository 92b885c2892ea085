"""No cell, line or file keeps the reader busy: a process with little time reads them all."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import random, resource
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
from nnviz.data.csv.cells import is_date, why
from nnviz.data.csv.file import read_csv
from nnviz.data.csv.marks import taken_apart
from nnviz.data.csv.problem import CsvProblem

PIECES = ["1", "0.3", "12", ",", ".", " ", "'", "-", "+", "e", "E5", "%", "$", "(", ")", "x", "m2",
          "_", "/", ":", "2024-", "jan ", "=", "@", "|", "#", "\\u00a0", "\\u2212", '"', ";", "\\t",
          "1,234", "{", "}", "@data", "1:2 ", "NA", "?"]
chance = random.Random(SEED)

def text():
    few = chance.sample(PIECES, chance.randint(1, 4))
    return "".join(chance.choices(few, k=chance.choice([3, 30, 60, 200, 5000])))[:19_000]

for n in range(N):
    cell = text()
    taken_apart(cell), is_date(cell), why(cell, chance.choice(".,"))
    arff = "@relation r\\n@attribute a numeric\\n@data\\n"
    head = chance.choice(["", "x1,x2,class\\n", arff, "# "])
    rows = chance.choice(["{0},1,a", "1\\t{0}", "{0}", "+1 1:{0}"]).format(cell)
    try:
        table = read_csv(head + "\\n".join([rows] * chance.choice([1, 2, 40])))
        table.sample(), table.remarks
    except CsvProblem:
        pass
print("done")
"""


def test_any_text_is_read_or_refused_within_the_time_of_a_process():
    # Cells that once froze the server: with each further digit the time doubled.
    for seed in (1, 2):
        script = SCRIPT.replace("SEED", str(seed)).replace("N)", "150)", 1)
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.stdout == "done\n", done.stderr[-2000:]
