/** What the tests of providers and sources share: signed samples and what becomes of them. */
@NullMarked
package io.millrace.normalize.testing;

import org.jspecify.annotations.NullMarked;
