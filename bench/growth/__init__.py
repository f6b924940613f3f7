"""Request units and CPU time of all operations and consumers, among few and many documents."""
