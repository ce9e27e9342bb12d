/**
 * The erasure of a person: what there is, what must be written, and the certificate of what is
 * gone. The rules only; the command reads and writes the topics. See docs/personal-data.md.
 */
@NullMarked
package io.millrace.erasure;

import org.jspecify.annotations.NullMarked;
