using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>
/// What the name of an error means for a delivery: those of incoming webhooks and of <c>chat.postMessage</c>, as Slack's documentation
/// lists them, and those of webhooks that it does not list but that its clients know.
/// </summary>
internal static class SlackError
{
    /// <summary>The kind of failure and what to do about it; <see langword="null"/> for a name that is not known.</summary>
    public static (FailureKind Kind, string Text)? Find(string name) => name switch
    {
        "not_authed" or "invalid_auth" => (FailureKind.Misconfigured, "the token is not valid, or not from this network address. Check token"),
        "account_inactive" or "token_revoked" or "token_expired" => (FailureKind.Misconfigured, "the token is no longer valid. Install the Slack app again and set its new token"),
        "missing_scope" or "no_permission" => (FailureKind.Misconfigured, "the token lacks a scope. Give the Slack app chat:write, and chat:write.public for channels that it is no member of"),
        "not_allowed_token_type" => (FailureKind.Misconfigured, "a token of this kind cannot post. Use a bot token, xoxb-…"),
        "invalid_token" or "no_service" or "no_service_id" or "no_active_hooks" =>
            (FailureKind.Misconfigured, "the webhook does not exist any more, or is switched off. Create a new one in the Slack app and set webhook_url"),
        "no_team" or "team_disabled" or "team_not_found" => (FailureKind.Misconfigured, "there is no such workspace. With a token for a whole organization, channel must be an id and no name"),
        "channel_not_found" => (FailureKind.Misconfigured, "there is no such channel, or the bot does not see it. Check channel, or invite the bot"),
        "not_in_channel" => (FailureKind.Misconfigured, "the bot is no member of the channel. Invite it"),
        "is_archived" or "channel_is_archived" => (FailureKind.Misconfigured, "the channel is archived. Restore it, or post to another one"),
        "user_not_found" => (FailureKind.Misconfigured, "the person that the webhook posts to does not exist any more"),
        "action_prohibited" or "posting_to_general_channel_denied" or "restricted_action" or "restricted_action_read_only_channel"
            or "restricted_action_thread_only_channel" or "restricted_action_thread_locked" or "restricted_action_non_threadable_channel"
            or "messages_tab_disabled" or "app_access_restricted" or "ekm_access_denied" or "access_denied" or "accesslimited"
            or "team_access_not_granted" or "enterprise_is_restricted" or "org_login_required" or "two_factor_setup_required" =>
            (FailureKind.Misconfigured, "the workspace does not let this app post there. Ask its administrators"),
        "metadata_must_be_sent_from_app" => (FailureKind.Misconfigured, "this token cannot send metadata. Set format: { type: slack, metadata: false }"),
        "unknown_method" or "method_deprecated" or "deprecated_endpoint" => (FailureKind.Misconfigured, "the method is not there. Check api_endpoint"),

        "ratelimited" or "rate_limited" or "message_limit_exceeded" => (FailureKind.Throttled, "too many messages"),

        "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "rollup_error" or "team_added_to_org" =>
            (FailureKind.Transient, "Slack is in trouble for now"),

        "msg_too_long" or "msg_blocks_too_long" or "metadata_too_large" or "attachment_payload_limit_exceeded" => (FailureKind.TooLarge, "the message is too long"),

        "invalid_payload" or "invalid_json" or "json_not_object" or "invalid_form_data" or "invalid_post_type" or "missing_post_type" or "invalid_charset"
            or "invalid_arguments" or "invalid_arg_name" or "invalid_array_arg" or "missing_charset" or "superfluous_charset" =>
            (FailureKind.Rejected, "Slack cannot read the message"),
        "no_text" or "missing_text_or_fallback_or_attachments" => (FailureKind.Rejected, "the message says nothing"),
        "invalid_blocks" or "invalid_blocks_format" => (FailureKind.Rejected, "the blocks break a rule of Block Kit"),
        "invalid_attachments" or "too_many_attachments" or "too_many_contact_cards" => (FailureKind.Rejected, "the attachments break a rule"),
        "invalid_metadata_format" or "invalid_metadata_schema" => (FailureKind.Rejected, "the metadata break a rule"),
        "markdown_text_conflict" or "cannot_reply_to_message" => (FailureKind.Rejected, "the message asks for what cannot be done"),
        _ => null,
    };
}
