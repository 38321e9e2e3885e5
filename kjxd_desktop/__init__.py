"""科技行动监测填报: offline monitoring of city and county science and technology plans."""

__version__ = "0.1.0"
