"""W1 with salabim: each caller is a component that requests an agent, with its patience as the request's fail_delay."""

import salabim as sim
from w1 import AGENTS, GAP_S, PATIENCE_S, SERVICE_S, Tally, arguments

sim.yieldless(False)


class Source(sim.Component):
    def setup(self, calls):
        self.calls = calls

    def process(self):
        gap = sim.Exponential(GAP_S)
        for number in range(self.calls):
            yield self.hold(gap.sample())
            Caller(number=number)


class Caller(sim.Component):
    def setup(self, number):
        self.number = number

    def process(self):
        arrived = self.env.now()
        yield self.request(agents, fail_delay=patience.sample())
        wait_s = self.env.now() - arrived
        if self.failed():
            tally.abandoned(self.number, wait_s)
            return
        tally.answered(self.number, wait_s)
        yield self.hold(service.sample())
        self.release()


calls, seed = arguments()
env = sim.Environment(random_seed=seed, trace=False)
service, patience = sim.Exponential(SERVICE_S), sim.Exponential(PATIENCE_S)
agents = sim.Resource("agents", capacity=AGENTS, monitor=False)
tally = Tally()
if calls:
    Source(calls=calls)
    env.run()
tally.print()
