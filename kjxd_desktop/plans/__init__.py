"""Plan packages: the TOML folders of ``resources/plans`` read into plans of the domain."""
