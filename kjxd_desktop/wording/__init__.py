"""Codes and parameters become Chinese sentences here, and only here."""
