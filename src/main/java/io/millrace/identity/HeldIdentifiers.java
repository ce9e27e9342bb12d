package io.millrace.identity;

/**
 * Identifiers that are held: they are connected with more than can be one person or account.
 *
 * @param identifier opaque id of one of them
 * @param count how many became held now
 */
public record HeldIdentifiers(String identifier, int count) {}
