"""An independent reference for where an indicator stands."""
