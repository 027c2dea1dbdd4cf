/** Who a request comes from, and what they may use. */
@NullMarked
package dev.sluice.access;

import org.jspecify.annotations.NullMarked;
