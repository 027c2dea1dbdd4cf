package dev.sluice.setting;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is checked of all settings together, once every room has read its own. */
@Configuration(proxyBeanMethods = false)
public class SettingConfiguration {

    @Bean
    SmartInitializingSingleton settingsThatNobodyReads(ConfigurableApplicationContext context) {
        return () -> UnreadSettings.refuse(context);
    }
}
