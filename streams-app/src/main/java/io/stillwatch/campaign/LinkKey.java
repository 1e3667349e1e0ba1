package io.stillwatch.campaign;

/**
 * A link key of an account.
 *
 * @param kind what is shared
 * @param hash 64-bit hash of it
 * @param requests requests of the account that had it, at least
 */
public record LinkKey(LinkKind kind, long hash, long requests) {}
