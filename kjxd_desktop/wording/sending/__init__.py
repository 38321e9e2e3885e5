"""Words of the form and of the states a return passes."""
