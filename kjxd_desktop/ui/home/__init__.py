"""工作台, the first start."""
