package dev.sluice.setting;

/** A setting is wrong. The message is one sentence that names the setting, its value and what to do. */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingException(String sentence) {
        super(sentence);
    }
}
