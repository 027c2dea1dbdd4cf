/** What a bean may know about the call it runs in: how long it may take, and which request it is. */
@NullMarked
package dev.sluice.invocation;

import org.jspecify.annotations.NullMarked;
