/** The AWS SDK's clients, each made on its first use. */
@NullMarked
package dev.sluice.aws;

import org.jspecify.annotations.NullMarked;
