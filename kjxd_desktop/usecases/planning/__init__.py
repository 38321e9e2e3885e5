"""Plans of a workspace: choosing, taking in, revising, decomposing."""
