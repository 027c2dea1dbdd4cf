package dev.sluice.web;

import dev.sluice.access.Access;
import dev.sluice.aws.AwsClients;
import dev.sluice.feed.Feeds;
import dev.sluice.letter.Letters;
import dev.sluice.letter.RedriveReport;
import dev.sluice.letter.RedriveRequest;
import dev.sluice.live.Tickets;
import dev.sluice.object.FeedActivity;
import dev.sluice.object.Ledger;
import dev.sluice.object.LedgerIndex;
import dev.sluice.object.PartLedger;
import dev.sluice.object.Rejects;
import dev.sluice.object.Replay;
import dev.sluice.object.SourceLines;
import dev.sluice.row.RowTable;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The routes as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WebSettings.class, HttpSettings.class})
public class WebConfiguration {

    @Bean
    Replies replies(JsonMapper mapper) {
        return new Replies(mapper);
    }

    @Bean
    Cors cors(HttpSettings settings) {
        return new Cors(settings.cors());
    }

    @Bean
    Routes routes(
            Map<String, Function<WebRequest, WebResponse>> beans,
            Replies replies,
            HttpSettings settings,
            Cors cors,
            Access access) {
        return new Routes(beans, replies, settings, cors, new Admission(access));
    }

    @Bean
    PagePolicy pagePolicy(AwsClients aws, Feeds feeds, WebSettings settings, Access access, Tickets tickets) {
        return new PagePolicy(aws, feeds, settings, access, tickets);
    }

    @Bean
    ShowPage showPage(PagePolicy policy) {
        return new ShowPage(policy);
    }

    @Bean
    Health health(Replies replies) {
        return new Health(replies);
    }

    @Bean
    ShowSignIn showSignIn(Access access, Replies replies) {
        return new ShowSignIn(access, replies);
    }

    @Bean
    OpenApi openApi(HttpSettings settings, Replies replies) {
        return new OpenApi(settings, replies);
    }

    @Bean
    ListFeeds listFeeds(Feeds feeds, Replies replies) {
        return new ListFeeds(feeds, replies);
    }

    @Bean
    ListObjects listObjects(LedgerIndex index, Feeds feeds, Replies replies) {
        return new ListObjects(index, feeds, replies);
    }

    @Bean
    ShowObject showObject(Ledger ledger, PartLedger parts, Replies replies) {
        return new ShowObject(ledger, parts, replies);
    }

    @Bean
    ReplayObject replayObject(Replay replay, Replies replies) {
        return new ReplayObject(replay, replies);
    }

    @Bean
    ReplayObjects replayObjects(Replay replay, Replies replies) {
        return new ReplayObjects(replay, replies);
    }

    @Bean
    ShowActivity showActivity(Feeds feeds, FeedActivity activity, Replies replies) {
        return new ShowActivity(feeds, activity, replies);
    }

    @Bean
    ListRejects listRejects(Ledger ledger, Rejects rejects, Replies replies) {
        return new ListRejects(ledger, rejects, replies);
    }

    @Bean
    UploadObject uploadObject(AwsClients aws, Feeds feeds, WebSettings settings, Replies replies) {
        return new UploadObject(aws, feeds, settings, replies);
    }

    @Bean
    ListRows listRows(Feeds feeds, RowTable rows, SourceLines lines, Replies replies) {
        return new ListRows(feeds, rows, lines, replies);
    }

    @Bean
    ShowRow showRow(RowTable rows, SourceLines lines, Replies replies) {
        return new ShowRow(rows, lines, replies);
    }

    @Bean
    ListLetters listLetters(Letters letters, Replies replies) {
        return new ListLetters(letters, replies);
    }

    @Bean
    ShowLetter showLetter(Letters letters, Replies replies) {
        return new ShowLetter(letters, replies);
    }

    @Bean
    DiscardLetter discardLetter(Letters letters, Replies replies) {
        return new DiscardLetter(letters, replies);
    }

    @Bean
    RedriveLetter redriveLetter(Function<RedriveRequest, RedriveReport> redriveLetters, Replies replies) {
        return new RedriveLetter(redriveLetters, replies);
    }

    @Bean
    IssueTicket issueTicket(Tickets tickets, Replies replies) {
        return new IssueTicket(tickets, replies);
    }
}
