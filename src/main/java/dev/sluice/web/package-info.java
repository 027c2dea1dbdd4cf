/** The routes: what the page and the API answer, on Lambda and locally alike. */
@NullMarked
package dev.sluice.web;

import org.jspecify.annotations.NullMarked;
