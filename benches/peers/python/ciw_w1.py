"""W1 with Ciw: one node with reneging customers; every figure comes from its records."""

import ciw
from w1 import AGENTS, GAP_S, PATIENCE_S, RUN_IN, SERVICE_S, WITHIN_S, arguments, tell


def main():
    calls, seed = arguments()
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=1.0 / GAP_S)],
        service_distributions=[ciw.dists.Exponential(rate=1.0 / SERVICE_S)],
        number_of_servers=[AGENTS],
        reneging_time_distributions=[ciw.dists.Exponential(rate=1.0 / PATIENCE_S)],
    )
    simulation = ciw.Simulation(network)
    if calls:
        simulation.simulate_until_max_customers(calls, method="Arrive")
    # Ids count from 1 in the order of arrival. Who is still there when the last has come has no record.
    records = [r for r in simulation.get_all_records() if r.id_number > RUN_IN]
    waits = [r.waiting_time for r in records]
    gone = sum(r.record_type == "renege" for r in records)
    in_time = sum(r.record_type == "service" and r.waiting_time <= WITHIN_S for r in records)
    tell(len(records), calls - len(records), sum(waits), gone, in_time)


main()
