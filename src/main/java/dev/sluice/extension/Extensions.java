package dev.sluice.extension;

import org.springframework.context.annotation.Configuration;

/** The place for your own transforms and consumers, each a bean and a line in the settings: docs/extending.md. */
@Configuration(proxyBeanMethods = false)
public class Extensions {}
