"""Charts drawn for pages and pictures; pyqtgraph is imported only where a plot is made."""
