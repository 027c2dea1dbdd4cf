/** The deployment as it is packaged: templates, roles and variables. Needs Node and {@code npm ci}. */
@NullMarked
package dev.sluice.serverless;

import org.jspecify.annotations.NullMarked;
