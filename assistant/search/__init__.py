"""Search: passages, embeddings, lexical, the index on disk, and the retriever over them."""
