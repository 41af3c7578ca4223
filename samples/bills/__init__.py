"""Made-up carriers' bills with planted errors, the tariffs that they should follow, and the answers.

Prices and answers are worked out here, from the tariffs' own tables; nothing of the product's rating is imported.
"""
