"""Finding things by text and pinyin."""
