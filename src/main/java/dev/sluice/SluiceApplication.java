package dev.sluice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The application: on Lambda the adapter starts it, on a laptop {@link #main} does. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SluiceApplication {

    /** Starts the web application. */
    public static void main(String[] args) {
        SpringApplication.run(SluiceApplication.class, args);
    }
}
