package io.millrace.verify;

/**
 * A hash of the body in the signed URL, for bodies that the signature itself does not cover.
 *
 * @param parameter the query parameter with the hash
 */
public record BodyHash(String parameter, Hash hash, Encoding encoding) {}
