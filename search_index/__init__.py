"""Full text over clauses; the only home of whoosh."""
