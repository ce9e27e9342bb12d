/** Which identifiers are one person, or one account: the role identity. See docs/identity.md. */
@NullMarked
package io.millrace.flow.identity;

import org.jspecify.annotations.NullMarked;
