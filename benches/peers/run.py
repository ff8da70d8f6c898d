#!/usr/bin/env python3
"""centralino beside the simulators of the package registries, on W1 and W2: one command builds, runs, checks and prints the table.

    python3 benches/peers/run.py                       # some minutes; prints markdown, exit code 1 if an answer is wrong
    python3 benches/peers/run.py --write               # puts it into docs/performance.md
    python3 benches/peers/run.py --rounds 1 --scale 0.1
    python3 benches/peers/run.py --only desque,simpy

Each program runs by itself, pinned to one core, in alternating order. CPU time is user plus system time of the process, less that of a run that only
starts up; memory is its largest resident set. README.md says what is compared with what.
"""

import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = HERE / "target"
VENV = TARGET / "venv"

# So many standard errors away an answer is called wrong.
WRONG_FROM = 4.0
# The tables' place in docs/performance.md.
BEGIN, END = "<!-- tables: python3 benches/peers/run.py --write -->", "<!-- end of tables -->"
MEASURES = ["mean_wait_s", "abandoned", "within_20_s"]


class Work:
    """A center that everybody simulates. Deviations are those of a run of a million calls, seen in tens of runs: calls that follow each other are far from
    independent."""

    def __init__(self, name, title, scenario, replication, exact, deviation):
        self.name, self.title, self.scenario, self.replication = name, title, scenario, replication
        self.exact, self.deviation = exact and dict(zip(MEASURES, exact)), dict(zip(MEASURES, deviation))

    def error(self, measure, calls):
        return self.deviation[measure] / math.sqrt(calls / 1e6)


W1 = Work(
    # Erlang A (Palm 1957), 145 erlangs.
    "w1", "W1: M/M/150+M", "w1.toml", 1_044_000, (5.2212, 0.017404, 0.890499), (0.164, 0.00052, 0.0041)
)
W2 = Work("w2", "W2: eight types, twelve groups", "w2.toml", 1_008_000, None, (0.315, 0.00099, 0.0046))


class Peer:
    """A program that takes a number of calls and a seed, and prints its answer as JSON."""

    def __init__(self, work, name, version, calls, command, way):
        self.work, self.name, self.version, self.calls, self.command, self.way = work, name, version, calls, command, way

    def run(self, calls, seed):
        seconds, kilobytes, out = measured([*self.command, str(calls), str(seed)])
        return {"cpu_s": seconds, "kb": kilobytes, **json.loads(out)}

    def start_up(self):
        return self.run(0, 1)


class Centralino:
    """The product's own command line with all that it computes and writes, on one thread."""

    def __init__(self, work, mode, calls, way):
        self.work, self.name, self.mode, self.calls, self.way = work, f"centralino, {mode}", mode, calls, way
        self.version = of_lock(ROOT / "Cargo.lock", "centralino")

    def run(self, calls, seed, days=None):
        replications = max(1, round(calls / self.work.replication))
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out"
            command = [
                ROOT / "target/release/centralino", "simulate", ROOT / "scenarios/reference" / self.work.scenario, "--quiet", "--threads", "1",
                "--mode", self.mode, "--replications", str(replications), "--seed", str(seed), "--out", out,
            ]
            command += ["--set", f"scenario.days={days}"] if days else []
            seconds, kilobytes, _ = measured(command)
            whole = json.loads((out / "summary.json").read_text())["whole"]["contact"]
            simulated = json.loads((out / "manifest.json").read_text())["counts"]["contacts"]
        return {
            "cpu_s": seconds,
            "kb": kilobytes,
            "simulated": simulated,
            "calls": whole["offered"]["mean"] * replications,
            "mean_wait_s": whole["wait_all"]["mean"],
            "abandoned": whole["abandonment"]["mean"],
            "within_20_s": whole["answered_over_offered"]["mean"],
        }

    def start_up(self):
        """A day is the shortest run; its calls are subtracted with its time."""
        return self.run(0, 1, days=1)


def measured(command):
    """CPU seconds, peak kilobytes and output of a command that must succeed."""
    with tempfile.NamedTemporaryFile("r") as told:
        words = [TARGET / "measure", told.name, *command]
        done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, env=environment())
        if done.returncode != 0:
            sys.exit(f"{command[0]} ended with {done.returncode}")
        user, system, kilobytes = told.read().split()
    return float(user) + float(system), int(kilobytes), done.stdout


def environment():
    """Numeric libraries of Python peers get one thread, as everybody; nothing is left beside the sources."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def of_lock(path, package):
    found = re.search(rf'name = "{package}"\nversion = "([^"]+)"', path.read_text())
    return found.group(1) if found else "?"


def rust(work, name, calls, way):
    version = of_lock(HERE / name / "Cargo.lock", name)
    program = f"peer-{name}" if work is W1 else f"peer-{name}-{work.name}"
    return Peer(work, name, version, calls, [TARGET / "release" / program], way)


def python(work, name, calls, way):
    version = re.search(rf"^{name}==(\S+)", (HERE / "requirements.txt").read_text(), re.M).group(1)
    return Peer(work, name, version, calls, [VENV / "bin/python", HERE / f"python/{name}_{work.name}.py"], way)


RUST = ["desque", "simcore", "odem-rs", "nexosim", "desru"]


def contenders():
    """All programs, with the calls of a round: some seconds for each."""
    return [
        Centralino(W1, "recursion", 10 * W1.replication, "no events: one queue, one group, constant heads"),
        Centralino(W1, "lazy", 10 * W1.replication, "patience looked at when an agent is free"),
        Centralino(W1, "eager", 10 * W1.replication, "a timer for each waiting call"),
        rust(W1, "desque", 4_000_000, "events on one state; patience as events"),
        rust(W1, "simcore", 4_000_000, "one component; ordered arrivals, patience cancelled"),
        rust(W1, "desru", 4_000_000, "closures; patience as events"),
        rust(W1, "odem-rs", 2_000_000, "a process per call, agents as tokens of a channel"),
        rust(W1, "nexosim", 2_000_000, "one model, one thread; keyed patience events"),
        python(W1, "cimba", 1_000_000, "compiled; a process per call with a timer"),
        python(W1, "simpy", 100_000, "a process per call; request or timeout"),
        python(W1, "ciw", 30_000, "one node with reneging"),
        python(W1, "salabim", 10_000, "a component per call; request with fail_delay"),
        Centralino(W2, "lazy", 5 * W2.replication, "patience looked at when an agent is free"),
        Centralino(W2, "eager", 5 * W2.replication, "a timer for each waiting call"),
        rust(W2, "desque", 3_000_000, "events around a router written by hand"),
        rust(W2, "simcore", 3_000_000, "events around a router written by hand"),
        python(W2, "simpy", 144_000, "a process per call around a router written by hand"),
    ]


def build(names):
    run(["cargo", "build", "--release", "--bin", "centralino"], ROOT)
    TARGET.mkdir(exist_ok=True)
    run(["cc", "-O2", "-o", TARGET / "measure", HERE / "measure.c"], HERE)
    for name in RUST:
        if name in names:
            run(["cargo", "build", "--release", "--locked"], HERE / name, CARGO_TARGET_DIR=str(TARGET))
    if not (VENV / "bin/python").exists():
        run([sys.executable, "-m", "venv", VENV], HERE)
    run([VENV / "bin/python", "-m", "pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"], HERE)


def run(command, folder, **more):
    subprocess.run([str(word) for word in command], cwd=folder, check=True, env={**os.environ, **more}, stdout=sys.stderr)


def pin():
    """This process and all that it starts, to the last core that it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def rounds(programs, count, scale):
    """What each program did in each round; every other round goes backwards."""
    runs = [[] for _ in programs]
    starts = [[] for _ in programs]
    for number in range(count):
        order = range(len(programs)) if number % 2 == 0 else reversed(range(len(programs)))
        for which in order:
            program = programs[which]
            print(f"round {number + 1} of {count}: {program.work.name} {program.name}", file=sys.stderr)
            starts[which].append(program.start_up())
            runs[which].append(program.run(int(program.calls * scale), seed=number + 1))
    return runs, starts


class Row:
    """What is printed of a program."""

    def __init__(self, program, runs, starts):
        self.program = program
        self.start_s = statistics.median(one["cpu_s"] for one in starts)
        started = starts[0]["simulated"]
        self.ns = [(one["cpu_s"] - self.start_s) / (one["simulated"] - started) * 1e9 for one in runs]
        self.median_ns = statistics.median(self.ns)
        self.megabytes = max(one["kb"] for one in runs) / 1024
        self.calls = sum(one["calls"] for one in runs)
        self.answer = {m: sum(one[m] * one["calls"] for one in runs) / self.calls for m in MEASURES}

    def off(self, reference):
        """The largest distance from the exact answer, or from another row's, in standard errors."""
        work = self.program.work

        def z(measure):
            error = work.error(measure, self.calls)
            if work.exact:
                return (self.answer[measure] - work.exact[measure]) / error
            return (self.answer[measure] - reference.answer[measure]) / math.hypot(error, work.error(measure, reference.calls))

        return max((z(measure) for measure in MEASURES), key=abs)


def tables(work, rows):
    """Speed and answers of a work, as lines of markdown."""
    own = [row for row in rows if isinstance(row.program, Centralino)]
    reference = own[-1]
    heads = "".join(f" x {row.program.mode} |" for row in own)
    yield f"### {work.title}\n"
    yield f"| program | calls per CPU second | ns a call | spread | peak memory |{heads} its way |"
    yield "| --- | ---: | ---: | ---: | ---: |" + " ---: |" * len(own) + " --- |"
    for row in rows:
        spread = (max(row.ns) - min(row.ns)) / row.median_ns
        ratios = "".join(f" {significant(row.median_ns / mode.median_ns)} |" for mode in own)
        yield (
            f"| {row.program.name} {row.program.version} | {1e9 / row.median_ns:,.0f} | {row.median_ns:,.0f} | {spread:.0%} "
            f"| {row.megabytes:,.0f} MB |{ratios} {row.program.way} |"
        )
    against = "exact" if work.exact else reference.program.name
    yield f"\n| program | calls counted | mean wait | abandoned | within 20 s | furthest from {against} | start-up |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    if work.exact:
        yield f"| exact | | {work.exact['mean_wait_s']} s | {work.exact['abandoned']} | {work.exact['within_20_s']} | | |"
    for row in rows:
        yield (
            f"| {row.program.name} | {row.calls:,.0f} | {row.answer['mean_wait_s']:.3f} s | {row.answer['abandoned']:.5f} "
            f"| {row.answer['within_20_s']:.4f} | {row.off(reference):+.1f} standard errors | {row.start_s:.2f} s |"
        )
    wrong = [row.program.name for row in rows if abs(row.off(reference)) > WRONG_FROM]
    yield f"\nWrong answers: {', '.join(wrong)}\n" if wrong else ""


def write_to_docs(text):
    """The tables' place in docs/performance.md is between two marks."""
    path = ROOT / "docs/performance.md"
    before, rest = path.read_text().split(BEGIN)
    _, after = rest.split(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}")


def significant(x):
    return f"{x:.2f}" if x < 10 else f"{x:.3g}" if x < 100 else f"{x:,.0f}"


def machine():
    try:
        model = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text()).group(1)
    except (OSError, AttributeError):
        model = platform.processor() or "unknown processor"
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return f"{model}, {os.cpu_count()} cores, one used, rustc {rustc}, Python {platform.python_version()}"


def main():
    parser = argparse.ArgumentParser(description="centralino beside its peers on W1 and W2")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything runs")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the usual calls")
    parser.add_argument("--only", default="", help="names of peers, with commas; centralino runs always")
    parser.add_argument("--write", action="store_true", help="puts the tables into docs/performance.md")
    parser.add_argument("--no-build", action="store_true", help="takes what was built before")
    options = parser.parse_args()
    only = [name for name in options.only.split(",") if name]
    if not options.no_build:
        build(only or RUST)
    programs = [p for p in contenders() if not only or p.name in only or isinstance(p, Centralino)]
    pin()
    runs, starts = rounds(programs, options.rounds, options.scale)
    rows = [Row(*of_one) for of_one in zip(programs, runs, starts)]
    lines = [f"{datetime.date.today()}, {machine()}, {options.rounds} rounds, medians.\n"]
    for work in (W1, W2):
        lines += tables(work, [row for row in rows if row.program.work is work])
    text = "\n".join(lines)
    print(text)
    if options.write:
        write_to_docs(text)
    sys.exit(1 if "Wrong answers" in text else 0)


main()
