"""Plans: indicators, targets, tasks, units, their decomposition, and the check rules a plan brings along."""
