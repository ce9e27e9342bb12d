/**
 * Why a signature did not match: tries the usual changes to a body or a URL in transit, and names
 * the one that would have made it match.
 */
@NullMarked
package io.millrace.verify.diagnosis;

import org.jspecify.annotations.NullMarked;
