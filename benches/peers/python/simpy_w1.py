"""W1 with SimPy: each caller is a process that waits for a request or a timeout, as in its bank renege example."""

import random

import simpy
from w1 import AGENTS, GAP_S, PATIENCE_S, SERVICE_S, Tally, arguments


def caller(env, agents, number, tally):
    arrived = env.now
    with agents.request() as request:
        if not request.triggered:
            yield request | env.timeout(random.expovariate(1.0 / PATIENCE_S))
        if not request.triggered:
            tally.abandoned(number, env.now - arrived)
            return
        tally.answered(number, env.now - arrived)
        yield env.timeout(random.expovariate(1.0 / SERVICE_S))


def source(env, agents, calls, tally):
    for number in range(calls):
        yield env.timeout(random.expovariate(1.0 / GAP_S))
        env.process(caller(env, agents, number, tally))


def main():
    calls, seed = arguments()
    random.seed(seed)
    env = simpy.Environment()
    tally = Tally()
    env.process(source(env, simpy.Resource(env, AGENTS), calls, tally))
    env.run()
    tally.print()


main()
