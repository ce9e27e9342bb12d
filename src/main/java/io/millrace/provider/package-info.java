/**
 * Pure: the provider catalogue. It describes how the requests of each vendor are verified, which
 * handshakes it expects, what its deliveries look like, and the evidence for each of these. A
 * provider is a YAML file.
 */
@NullMarked
package io.millrace.provider;

import org.jspecify.annotations.NullMarked;
