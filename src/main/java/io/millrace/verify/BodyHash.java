package io.millrace.verify;

/**
 * A hash of the body that travels in the signed URL, for bodies the signature itself does not
 * cover.
 *
 * @param parameter the query parameter that holds it
 */
public record BodyHash(String parameter, Hash hash, Encoding encoding) {}
