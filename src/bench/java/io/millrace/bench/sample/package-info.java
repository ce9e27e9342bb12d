/**
 * What the providers' requests look like: a template for every event of a provider, and what fills
 * its placeholders. Knows neither signatures nor how a request is sent.
 */
@NullMarked
package io.millrace.bench.sample;

import org.jspecify.annotations.NullMarked;
