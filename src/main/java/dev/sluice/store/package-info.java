/** The store bucket: what Sluice itself writes, such as rejects. It raises no notices, so nothing feeds back. */
@NullMarked
package dev.sluice.store;

import org.jspecify.annotations.NullMarked;
