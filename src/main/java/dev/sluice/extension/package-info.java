/** Whatever is not Sluice's own: the beans that settings name as transforms and consumers. */
@NullMarked
package dev.sluice.extension;

import org.jspecify.annotations.NullMarked;
