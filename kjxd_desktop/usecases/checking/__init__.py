"""审核: findings of a return, trying a rule."""
