/**
 * Pure: the provider catalogue. How each vendor proves its requests, which handshakes it expects,
 * what its deliveries look like, and which evidence says so. A provider is a YAML file.
 */
@NullMarked
package io.millrace.provider;

import org.jspecify.annotations.NullMarked;
